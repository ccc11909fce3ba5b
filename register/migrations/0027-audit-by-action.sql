-- Auditors look for one thing that was done, in a log that only grows.
create index audit_action on audit (action, id);
