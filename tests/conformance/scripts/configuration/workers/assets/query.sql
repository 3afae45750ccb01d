SELECT id
FROM users;
