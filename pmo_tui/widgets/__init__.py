"""One file a widget: its CSS, bindings, messages and handlers together."""
