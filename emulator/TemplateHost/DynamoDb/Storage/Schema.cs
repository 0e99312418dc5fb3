namespace TemplateHost.DynamoDb.Storage;

/// <summary>DynamoDB's tables in the store.</summary>
internal static class Schema
{
    // Items lie in the order in which they came, which fills pages better than the order of their keys: an item of more than a quarter of a
    // page would have an overflow page for itself there.
    public const string Sql = """
        CREATE TABLE IF NOT EXISTS ddb_table (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS ddb_item (
          table_id INTEGER NOT NULL, hash BLOB NOT NULL, range BLOB NOT NULL, item NOT NULL, expires INTEGER,
          PRIMARY KEY (table_id, hash, range));
        CREATE INDEX IF NOT EXISTS ddb_item_expires ON ddb_item (table_id, expires) WHERE expires IS NOT NULL;
        CREATE TABLE IF NOT EXISTS ddb_index (
          table_id INTEGER NOT NULL, name TEXT NOT NULL, hash BLOB NOT NULL, range BLOB NOT NULL, item_hash BLOB NOT NULL,
            item_range BLOB NOT NULL,
          PRIMARY KEY (table_id, name, hash, range, item_hash, item_range)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS ddb_token (token TEXT PRIMARY KEY, request BLOB NOT NULL, response TEXT NOT NULL,
          expires INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS ddb_stream (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT, table_id INTEGER NOT NULL, label TEXT NOT NULL, record TEXT NOT NULL,
            created INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS ddb_backup (id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
          definition TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS ddb_stream_table ON ddb_stream (table_id, label, sequence);
        """;
}
