#!/bin/bash
# test.sh KAITEI PROJECT SHARDS: the recipe on a Slurm of one node that lasts as long as this script (Debian: slurm-wlm,
# munge; root). Prints the merge's output, and exits with its code; with 77 if Slurm cannot run here, and why.
set -euo pipefail

skip() { echo "SKIPPED: $*"; exit 77; }
[ "$(id -u)" = 0 ] || skip "Slurm's daemons need root"
for program in munged slurmctld slurmd sbatch; do
  PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || skip "$program is not installed"
done
export PATH=$PATH:/usr/sbin

kaitei=$(realpath "$1") project=$(realpath "$2") shards=$3
here=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
daemons=()
finish() {
  for daemon in "${daemons[@]}"; do kill "$daemon" 2>/dev/null || true; done
  for daemon in "${daemons[@]}"; do wait "$daemon" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT

mkdir -p "$work/bin" "$work/state" "$work/spool"
ln -s "$kaitei" "$work/bin/kaitei"
export PATH=$work/bin:$PATH SLURM_CONF=$work/slurm.conf
(umask 077 && head -c 1024 /dev/urandom >"$work/munge.key")
host=$(hostname -s)
# Ports that are free now.
read -r control node < <(python3 - <<'PORTS'
import socket
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*[s.getsockname()[1] for s in sockets])
PORTS
)
cat >"$SLURM_CONF" <<CONF
ClusterName=recipe
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmctldPort=$control
SlurmdPort=$node
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 RealMemory=4096
PartitionName=main Nodes=ALL Default=YES State=UP
CONF

munged --foreground --force --socket="$work/munge.socket" --key-file="$work/munge.key" \
  --pid-file="$work/munge.pid" --seed-file="$work/munge.seed" --log-file="$work/munge.log" --num-threads=2 \
  2>"$work/munged.log" & daemons+=($!)
slurmctld -D -f "$SLURM_CONF" >"$work/slurmctld.log" 2>&1 & daemons+=($!)
slurmd -D -N "$host" -f "$SLURM_CONF" >"$work/slurmd.log" 2>&1 & daemons+=($!)
for _ in $(seq 60); do
  [ "$(sinfo --noheader --format=%T 2>/dev/null)" = idle ] && break
  sleep 1
done
[ "$(sinfo --noheader --format=%T 2>/dev/null)" = idle ] || {
  tail -n 20 "$work"/munged.log "$work"/slurm*.log >&2
  skip "Slurm does not start here"
}

cd "$work"
merge=$(bash "$here/submit.sh" "$project" "$shards")
state() { scontrol --oneliner show job "$merge" | grep -o "$1=[^ ]*" | cut -d= -f2; }
for _ in $(seq 600); do
  case $(state JobState) in COMPLETED | FAILED | CANCELLED | TIMEOUT | NODE_FAIL) break ;; esac
  sleep 1
done
cat "$work"/slurm-*_*.out >&2
cat "$work/slurm-$merge.out"
exit "$(state ExitCode | cut -d: -f1)"
