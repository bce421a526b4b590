"""Room two: an entry becomes an article.

claim -> fetch -> extract -> identify -> file; or trouble -> fall back on the feed -> try again
"""
