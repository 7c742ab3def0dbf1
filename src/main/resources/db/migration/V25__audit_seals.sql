-- Seals over the audit. Each covers the entries of a span of the database's time, by number and hash, and names the seal
-- before it, so that an entry that is changed, taken away or put in later is found and named. The signature is made with
-- the server's key, which is not to be had from the database alone.
create table audit_seal (
    no        bigint      not null primary key,
    sealed    timestamp(3) with time zone not null,
    span_from timestamp(6) with time zone not null,
    span_to   timestamp(6) with time zone not null,
    entries   integer     not null,
    content   bytea       not null,
    previous  varchar(64) not null,
    hash      varchar(64) not null,
    signature text        not null
);
