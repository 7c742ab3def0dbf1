-- Entries come in the order of time, so that a summary of each block finds a span and costs next to nothing to keep.
drop index audit_written;
create index audit_written on audit using brin (written) with (pages_per_range = 32);
create index audit_recorded on audit using brin (recorded) with (pages_per_range = 32);

-- Entries about several patients are few; the others are found by audit_patient.
create index audit_patients on audit using gin (patients) where patients is not null;
