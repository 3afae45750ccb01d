ALTER TABLE `links` ADD `title` text;
--> statement-breakpoint
ALTER TABLE `links` ADD `visits` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
UPDATE `links` SET `visits` = (SELECT count(*) FROM `visits` WHERE `link_id` = `links`.`id`);
