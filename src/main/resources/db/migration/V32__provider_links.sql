-- Whose account somebody is whom another OpenID provider has signed in. An administrator enters it; nobody is known by an
-- address of mail.
create table identity_link (
    issuer    varchar(500) not null,
    subject   varchar(255) not null,
    login     varchar(100) not null,
    linked    bigint       not null,
    linked_by varchar(200) not null,
    primary key (issuer, subject)
);
create index identity_link_login on identity_link (login);
