-- What a version's files were made from, so that a change is never published over one that its maker has not seen.
alter table catalogue_versions add column based_on text references catalogue_versions;
