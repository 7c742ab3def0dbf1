-- The public halves of people's passkeys. What the hash is of names the passkey to the browser.
create table identity_passkey (
    id_hash    varchar(64)  not null primary key,
    login      varchar(100) not null,
    name       varchar(100) not null,
    credential bytea        not null,
    synced     boolean      not null,
    sign_count bigint       not null,
    added      bigint       not null,
    used       bigint
);
create index identity_passkey_login on identity_passkey (login);

-- How somebody signed in, in one column, now that there are more ways than two.
alter table identity_session add column reached varchar(20) default 'BY_PASSWORD' not null;
update identity_session set reached =
    case when not complete then 'BEFORE_SECOND_STEP' when second_step then 'BY_BOTH' else 'BY_PASSWORD' end;
alter table identity_session drop column complete;
alter table identity_session drop column second_step;
