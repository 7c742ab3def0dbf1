-- How far each piece of work in the background has read the changes; see ChangeFeed.
create table feed_reader (
    reader    varchar(60) not null primary key,
    until_seq bigint      not null
);
