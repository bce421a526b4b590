"""Every way to die: nothing is lost, nothing told twice."""
