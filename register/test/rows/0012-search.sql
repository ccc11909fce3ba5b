insert into search_documents (case_id, month, words) select id, 24300, 'heet'::tsvector from cases limit 1;
insert into search_words (word) values ('heet');
insert into search_due (case_id) select id from cases;
