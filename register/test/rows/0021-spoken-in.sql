update cases set spoken_in = conversation_id where id = '00000000-0000-7000-c000-000000000001';
