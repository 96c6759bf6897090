"""Simulated days: what customers, roads and technicians do is drawn, a policy decides, and a virtual clock never waits.

`day` is what will happen whoever decides, `world` lets it happen, `policies` decide, `outcome` is what came of it.
Draws belong to calls, legs and technicians, never to the order of events, so that all policies meet the same chance.
"""
