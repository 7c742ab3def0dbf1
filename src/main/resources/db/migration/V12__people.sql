-- People with an account here. Those of the demonstration stand in its settings and have no row.
create table identity_person (
    login         varchar(100) not null primary key,
    registration  text         not null,
    registered    bigint       not null,
    registered_by varchar(200) not null,
    ended         bigint,
    ended_by      varchar(200)
);

-- How somebody signs in: failures since the last success, the second step (encrypted) and the last code that was used.
create table identity_sign_in (
    login        varchar(100) not null primary key,
    failures     integer      not null,
    locked_until bigint       not null,
    second_step  bytea,
    last_step    bigint       not null
);

-- Who is signed in. The cookie holds what the hash is of.
create table identity_session (
    hash        varchar(64)  not null primary key,
    login       varchar(100) not null,
    complete    boolean      not null,
    begun       bigint       not null,
    seen        bigint       not null,
    until       bigint       not null
);
create index identity_session_login on identity_session (login);
create index identity_session_until on identity_session (until);
