"""Data exchange (数据共享交换): asking the registers of other departments, with purpose and evidence."""
