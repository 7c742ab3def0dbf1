-- Histories of a type are read newest first, in the order in which things were written.
create index resource_type_seq on resource (type, seq);
create index resource_history_type_seq on resource_history (type, seq);
