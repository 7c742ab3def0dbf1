-- An account that an administrator has locked: it stands, and nobody signs in to it or acts by it until it is unlocked.
alter table identity_person add column locked bigint;
alter table identity_person add column locked_by varchar(200);
