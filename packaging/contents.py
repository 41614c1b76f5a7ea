"""What a program is made of: `sbom.json` (CycloneDX 1.5) and the licences of its packages, from cargo and Cargo.lock.

    contents.py TARGET FOLDER

writes both into a folder, for the packages of the program's default build for a target. Nothing in it depends on when or
where it is made.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
# How the files are called that hold a licence, or what it asks to be handed on.
NAMES = ("licen", "copying", "copyright", "notice", "unlicense")


def cargo(*words):
    run = subprocess.run(["cargo", *words, "--locked"], cwd=ROOT, check=True, capture_output=True, text=True)
    return run.stdout


def packages(target):
    """The packages of a target's build, without those that only make it."""
    tree = cargo("tree", "--target", target, "--edges", "normal", "--prefix", "none", "--format", "{p}")
    wanted = {tuple(line.split(" ")[:2]) for line in tree.splitlines()}
    meta = json.loads(cargo("metadata", "--format-version", "1", "--filter-platform", target))
    found = [p for p in meta["packages"] if (p["name"], "v" + p["version"]) in wanted]
    assert len(found) == len(wanted), "a package of the tree is unknown"
    return sorted(found, key=lambda p: (p["name"], p["version"]))


def checksums():
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text("utf-8"))
    return {(p["name"], p["version"]): p.get("checksum") for p in lock["package"]}


def component(package, sums):
    name, version = package["name"], package["version"]
    entry = {"type": "library", "name": name, "version": version, "purl": f"pkg:cargo/{name}@{version}"}
    entry["bom-ref"] = entry["purl"]
    if sums.get((name, version)):
        entry["hashes"] = [{"alg": "SHA-256", "content": sums[name, version]}]
    if package["license"]:
        entry["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if package["repository"]:
        entry["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return entry


def main(target, folder):
    folder = pathlib.Path(folder)
    own, others = [], []
    for package in packages(target):
        (own if package["name"] == "kaitei" else others).append(package)
    sums = checksums()
    program = component(own[0], sums) | {"type": "application"}
    components = [component(package, sums) for package in others]
    font = {"type": "file", "bom-ref": "BIZUDGothic-Regular.ttf", "name": "BIZUDGothic-Regular.ttf"}
    components.append(font | {"licenses": [{"license": {"id": "OFL-1.1"}}]})
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": program, "properties": [{"name": "target", "value": target}]},
        "components": components,
    }
    (folder / "sbom.json").write_text(json.dumps(bom, ensure_ascii=False, indent=1) + "\n", "utf-8")

    licences = folder / "LICENSES"
    lines = []
    for package in others:
        source = pathlib.Path(package["manifest_path"]).parent
        texts = sorted(p for p in source.iterdir() if p.is_file() and p.name.lower().startswith(NAMES))
        place = licences / f"{package['name']}-{package['version']}"
        place.mkdir(parents=True)
        for text in texts:
            shutil.copyfile(text, place / text.name)
        if not texts:
            # Some say their licence in the manifest alone; the texts are those beside it.
            said = f"{package['name']} {package['version']}: {package['license']}\n{package['repository']}\n"
            (place / "LICENSE").write_text(said, "utf-8")
        lines.append(f"{package['name']} {package['version']}: {package['license']}\n")
    for text in ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE"]:
        shutil.copyfile(ROOT / text, licences / text)
    (licences / "BIZUDGothic").mkdir()
    shutil.copyfile(ROOT / "assets/fonts/OFL.txt", licences / "BIZUDGothic/OFL.txt")
    (licences / "README.txt").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
