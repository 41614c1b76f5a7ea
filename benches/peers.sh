#!/usr/bin/env bash
# Kaitei beside other programs that do the same job (spreadsheets in, formatted workbook and PDF out), in one run.
#
#   benches/peers.sh PEERS [SUITE…]
#
# PEERS is a folder with the peers' programs, their generator of workloads (gen_workbooks.py) and their runner
# (bench.py), which alternates the jobs and prints medians of CPU time, wall time and peak memory. Suites: S (one
# document), B100, B1788 (as many distinct documents), L10000, L100000 (one list of so many rows). ROUNDS is how often
# each job runs (default 5), JOBS which peers run (default: the fastest, and LibreOffice). Everything is made
# below target/peers.
set -euo pipefail
peers=$(realpath "${1:?usage: benches/peers.sh PEERS [SUITE…]}")
shift
cd "$(dirname "$0")/.."
suites=("$@")
[ ${#suites[@]} -gt 0 ] || suites=(S B100 L10000)
work=$PWD/target/peers
mkdir -p "$work"

cargo build --locked --release
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q openpyxl xlsxwriter python-calamine reportlab typst==0.15.2
[ -d "$work/data/L" ] ||
  "$work/venv/bin/python" "$peers/gen_workbooks.py" "$work/data" --batch 1788 --list 10000 --list 100000

# A project with one document for each workbook, set as the sample document is; it makes what the peers make, and with
# SHEETS=all the further sheets of the workbook as well.
sheets=$'\n[workbook]\nsheets = []\n'
[ "${SHEETS:-}" != all ] || sheets=
# A list of 100,000 rows is above what a document may have unless its template says so.
limits=$'\n[input.limits]\nrows = 200_000\ncells = 2_000_000\ntext_mib = 128\n'
project() { # FOLDER WORKBOOK…
  local folder=$1 document
  shift
  rm -rf "$folder"
  mkdir -p "$folder/templates"
  for workbook in "$@"; do
    document=$(basename "$workbook" .xlsx)
    mkdir -p "$folder/input/$document"
    cp "$workbook" "$folder/input/$document/"
    { cat templates/meguro-2020.toml; printf '\n[output]\nformats = ["xlsx", "pdf"]\n%s%s' "$sheets" "$limits"; } \
      >"$folder/templates/$document.toml"
  done
}

for suite in "${suites[@]}"; do
  case $suite in
    S) workbooks=("$work/data/S/s.xlsx") ;;
    B*) mapfile -t workbooks < <(printf "$work/data/B/b%04d.xlsx\n" $(seq "${suite#B}")) ;;
    L*) workbooks=("$work/data/L/l${suite#L}.xlsx") ;;
    *) echo "unknown suite: $suite" >&2; exit 2 ;;
  esac
  project "$work/$suite" "${workbooks[@]}"
  PEERS_PY=$work/venv/bin/python \
    OURS_CMD="rm -rf $work/$suite/output && $PWD/target/release/kaitei build --project $work/$suite" \
    "$work/venv/bin/python" "$peers/bench.py" "$suite" --rounds "${ROUNDS:-5}" --data "$work/data" --out "$work/bench" \
    --results "$work/results.jsonl" --only "${JOBS:-w_calamine_xlsxwriter_typst,w_xlsxwriter_libreoffice},OURS"
done
