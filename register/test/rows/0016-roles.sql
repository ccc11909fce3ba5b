insert into product_readers (product, reader) values ('sickness', 'team:hr');
