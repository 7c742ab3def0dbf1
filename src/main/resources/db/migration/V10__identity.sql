-- Who is known: keys and clients. Nothing of the record is here, and nothing here is named by the record.
-- Times are milliseconds since 1970.

-- One number that every change of what nodes remember raises.
create table identity_epoch (
    changes bigint not null
);
insert into identity_epoch (changes) values (0);

-- Keys, encrypted with a secret that is not in the database.
create table identity_key (
    purpose    varchar(20) not null,
    generation integer     not null,
    created    bigint       not null,
    begins     bigint       not null,
    content    bytea       not null,
    primary key (purpose, generation)
);

-- A registration is JSON, because scopes and addresses may hold any character that would part a list.
create table identity_client (
    id            varchar(100) not null primary key,
    registration  text         not null,
    registered    bigint       not null,
    registered_by varchar(200) not null,
    revoked       bigint,
    revoked_by    varchar(200)
);
