"""How to behave towards a host: whether, when and on what terms it may be asked.

robots    robots.txt → what may be fetched, how fast, where the sitemaps are. Pure
rights    a page and a robots.txt → what may be done with the words. Pure
store     what hosts asked for, kept over a restart
door      the order of it all: `turn`, `allow`, `hold`, `rights_of`
"""

from monitor.manners.door import allow, ask_rules, hold, rights_of, rules, turn
from monitor.manners.robots import Rules

__all__ = ["Rules", "allow", "ask_rules", "hold", "rights_of", "rules", "turn"]
