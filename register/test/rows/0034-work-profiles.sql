insert into work_profiles (person_id, skills, places, products, most, changed_by)
select id, '{group:workplace}', '{town-hall/A}', '{coffee-machine}', 5, id from people order by id limit 1;
