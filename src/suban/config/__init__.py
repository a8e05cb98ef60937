"""Where the parts are joined: settings, addresses, the `suban` command, ports and their adapters."""
