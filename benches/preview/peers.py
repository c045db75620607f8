"""Makes the modules of benches/peers importable: the corpus, the sites, finding Hugo, numbers in two languages."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))

sys.path.append(os.path.join(os.path.dirname(HERE), "peers"))
