insert into rooms (key, number, building, floor, name, number_key, name_key) values ('A/3.14', '3.14', 'A', '3', 'Rembrandt', '3.14', 'REMBRANDT');
