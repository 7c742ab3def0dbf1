-- Who is notified of what: one row beside each Subscription, with what its resource does not show. The headers are sealed.
create table subscriber (
    id            uuid         not null primary key,
    client_id     varchar(100) not null,
    role          varchar(20)  not null,
    organization  uuid         not null,
    scopes        text         not null,
    topic         varchar(500) not null,
    headers       text,
    ends          timestamp(3) with time zone,
    state         varchar(20)  not null,
    -- How many events have a number; numbers have no gaps but for events that were withdrawn while they were sent.
    sent          bigint       not null,
    failures      integer      not null,
    failing_since timestamp(3) with time zone,
    problem       varchar(200),
    next_attempt  timestamp(3) with time zone not null,
    -- Whoever takes it up counts on; what somebody says with an older count is not heard.
    fence         bigint       not null
);
create index subscriber_due on subscriber (state, next_attempt);
create index subscriber_organization on subscriber (organization);

-- Changes of what somebody may be notified of, written with the change and taken away by whoever has made events of them.
create table change_notice (
    id      bigint      generated always as identity primary key,
    type    varchar(40) not null,
    fhir_id uuid        not null
);

-- What a subscriber is still to be told, in this order.
create table subscriber_event (
    id         bigint      generated always as identity primary key,
    subscriber uuid        not null,
    type       varchar(40) not null,
    fhir_id    uuid        not null,
    noticed    timestamp(3) with time zone not null,
    number     bigint
);
create index subscriber_event_order on subscriber_event (subscriber, id);
