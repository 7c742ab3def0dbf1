-- Composite parameters ask for a code and a value in the same component. Part 0 is the resource itself, 1 its first
-- component, and so on; the part costs no row of its own.
alter table index_token add column part smallint default 0 not null;
alter table index_quantity add column part smallint default 0 not null;

-- The unit as people write it, for searches such as 5||degrees.
alter table index_quantity add column unit varchar(100);
