#!/bin/bash
# submit.sh PROJECT SHARDS: the shards, and when all of them have ended, however, the merge. Prints the merge's job.
set -eu
export KAITEI_PROJECT=$1
here=$(dirname "$0")
shards=$(sbatch --parsable --array="1-$2" "$here/kaitei.sbatch")
sbatch --parsable --dependency="afterany:$shards" "$here/merge.sbatch"
