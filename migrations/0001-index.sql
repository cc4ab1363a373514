-- The collection and its index. To be filled.
CREATE TABLE generations (number bigint PRIMARY KEY, manifest text NOT NULL);
