"""Supplier money: contracts, orders, receipts and invoices."""
