-- Full-text search over cases with all that was said and noted, in Dutch and English; words that nobody wrote are taken for those that look like them.
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- What is searched of a case. The month (of opening, counted from the year 0) lets the newest be looked at first, so that a common word costs no more than a rare one.
create table search_documents (
  case_id uuid primary key references cases,
  month integer not null,
  words tsvector not null
);
create index search_documents_words on search_documents using gin (month, words);

-- Every word of the documents, to find those that a mistyped one may have been.
create table search_words (word text collate "C" primary key);
create index search_words_alike on search_words using gin (word gin_trgm_ops);

-- Cases whose document is behind. Written with every change, more than once if need be: nobody waits for whoever works it off.
create table search_due (
  id bigint generated always as identity primary key,
  case_id uuid not null
);
insert into search_due (case_id) select id from cases order by opened_at desc;
