# The programs of tasks at random, with tasks that begin inside of the call that makes them.
import os
import runpy
import sys

sys.argv[1:] = [*(sys.argv[1:] or ['1', '60']), 'eager']
runpy.run_path(os.path.join(os.path.dirname(os.path.abspath(__file__)), '89-py313-tasks-at-random.py'))
