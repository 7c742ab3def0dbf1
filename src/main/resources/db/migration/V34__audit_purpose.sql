-- What somebody used the record for, as it was known when she did: a code of v3 ActReason. Seals cover it where it is there, so
-- that what was sealed before this column was here is still as it was sealed.
alter table audit add column purpose varchar(20);
