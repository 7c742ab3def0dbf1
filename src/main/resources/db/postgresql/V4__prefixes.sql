-- What begins with a text is found through an index only where characters are compared one by one. Most databases are
-- made with a language's collation, which these two columns do not need: names are folded before they are stored, and
-- URIs are compared to the letter. H2 compares this way anyhow.
alter table index_string alter column folded type varchar(300) collate "C";
alter table index_uri alter column uri type varchar(1000) collate "C";
