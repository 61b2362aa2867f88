// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

#nullable disable

namespace Dapper
{
    public static class SqlMapper
    {
        public static int Execute(this System.Data.IDbConnection cnn, object command) => throw null;
        public static Task<int> ExecuteAsync(this System.Data.IDbConnection cnn, object command) => throw null;
        public static object ExecuteScalar(this System.Data.IDbConnection cnn, object command) => throw null;
        public static Task<object> ExecuteScalarAsync(this System.Data.IDbConnection cnn, object command) => throw null;
        public static System.Data.IDataReader ExecuteReader(this System.Data.IDbConnection cnn, object command) => throw null;
        public static Task<System.Data.IDataReader> ExecuteReaderAsync(this System.Data.IDbConnection cnn, object command) => throw null;
        public static IEnumerable<object> Query(this System.Data.IDbConnection cnn, object command) => throw null;
        public static Task<IEnumerable<object>> QueryAsync(this System.Data.IDbConnection cnn, object command) => throw null;
        public static object QueryFirst(this System.Data.IDbConnection cnn, object command) => throw null;
        public static Task<object> QueryFirstAsync(this System.Data.IDbConnection cnn, object command) => throw null;
        public static object QueryFirstOrDefault(this System.Data.IDbConnection cnn, object command) => throw null;
        public static Task<object> QueryFirstOrDefaultAsync(this System.Data.IDbConnection cnn, object command) => throw null;
        public static object QuerySingle(this System.Data.IDbConnection cnn, object command) => throw null;
        public static Task<object> QuerySingleAsync(this System.Data.IDbConnection cnn, object command) => throw null;
        public static object QuerySingleOrDefault(this System.Data.IDbConnection cnn, object command) => throw null;
        public static Task<object> QuerySingleOrDefaultAsync(this System.Data.IDbConnection cnn, object command) => throw null;
        public static GridReader QueryMultiple(this System.Data.IDbConnection cnn, object command) => throw null;
        public static Task<GridReader> QueryMultipleAsync(this System.Data.IDbConnection cnn, object command) => throw null;
        public class GridReader
        {
            public GridReader() { }
            public IEnumerable<object> Read(bool buffered) => throw null;
            public Task<IEnumerable<object>> ReadAsync(bool buffered) => throw null;
            public object ReadFirst() => throw null;
            public Task<object> ReadFirstAsync() => throw null;
            public object ReadFirstOrDefault() => throw null;
            public Task<object> ReadFirstOrDefaultAsync() => throw null;
            public object ReadSingle() => throw null;
            public Task<object> ReadSingleAsync() => throw null;
            public object ReadSingleOrDefault() => throw null;
            public Task<object> ReadSingleOrDefaultAsync() => throw null;
        }
    }
}

namespace Microsoft.Data.SqlClient
{
    public class SqlBulkCopy
    {
        public SqlBulkCopy() { }
        public void WriteToServer(System.Data.Common.DbDataReader reader) => throw null;
        public Task WriteToServerAsync(System.Data.Common.DbDataReader reader) => throw null;
    }
    public class SqlCommand
    {
        public SqlCommand() { }
        public Microsoft.Data.SqlClient.SqlDataReader ExecuteReader() => throw null;
        public Task<Microsoft.Data.SqlClient.SqlDataReader> ExecuteReaderAsync() => throw null;
        public int ExecuteNonQuery() => throw null;
        public Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => throw null;
        public object ExecuteScalar() => throw null;
        public Task<object> ExecuteScalarAsync(CancellationToken cancellationToken) => throw null;
        public System.Xml.XmlReader ExecuteXmlReader() => throw null;
        public Task<System.Xml.XmlReader> ExecuteXmlReaderAsync() => throw null;
    }
    public class SqlConnection
    {
        public SqlConnection() { }
        public void Open() => throw null;
        public Task OpenAsync(CancellationToken cancellationToken) => throw null;
        public Microsoft.Data.SqlClient.SqlTransaction BeginTransaction() => throw null;
    }
    public class SqlDataReader
    {
        public SqlDataReader() { }
        public virtual bool Read() => throw null;
        public virtual Task<bool> ReadAsync(CancellationToken cancellationToken) => throw null;
    }
    public class SqlTransaction
    {
        public SqlTransaction() { }
        public void Save(string savePointName) => throw null;
    }
}

namespace Microsoft.Data.Sqlite
{
    public class SqliteCommand
    {
        public SqliteCommand() { }
        public virtual Microsoft.Data.Sqlite.SqliteDataReader ExecuteReader() => throw null;
        public virtual int ExecuteNonQuery() => throw null;
        public virtual object ExecuteScalar() => throw null;
    }
    public class SqliteConnection
    {
        public SqliteConnection() { }
        public virtual void Open() => throw null;
        public virtual void BackupDatabase(Microsoft.Data.Sqlite.SqliteConnection destination) => throw null;
    }
    public class SqliteDataReader
    {
        public SqliteDataReader() { }
        public virtual bool Read() => throw null;
        public virtual bool NextResult() => throw null;
    }
    public class SqliteTransaction
    {
        public SqliteTransaction() { }
        public virtual void Commit() => throw null;
        public virtual void Rollback() => throw null;
    }
}

namespace MySqlConnector
{
    public class MySqlBulkCopy
    {
        public MySqlBulkCopy() { }
        public object WriteToServer(System.Data.DataTable dataTable) => throw null;
        public ValueTask<object> WriteToServerAsync() => throw null;
    }
    public class MySqlBulkLoader
    {
        public MySqlBulkLoader() { }
        public int Load() => throw null;
        public Task<int> LoadAsync() => throw null;
    }
    public class MySqlCommand
    {
        public MySqlCommand() { }
        public object ExecuteReader() => throw null;
        public Task<object> ExecuteReaderAsync(CancellationToken cancellationToken) => throw null;
    }
}

namespace Npgsql
{
    public class NpgsqlBinaryImporter
    {
        public NpgsqlBinaryImporter() { }
        public ulong Complete() => throw null;
        public ValueTask<ulong> CompleteAsync(CancellationToken cancellationToken) => throw null;
        public void StartRow() => throw null;
        public Task StartRowAsync(CancellationToken cancellationToken) => throw null;
        public void Write(object value) => throw null;
        public Task WriteAsync(object value, CancellationToken cancellationToken) => throw null;
    }
    public class NpgsqlCommand
    {
        public NpgsqlCommand() { }
        public object ExecuteReader(System.Data.CommandBehavior behavior) => throw null;
        public Task<object> ExecuteReaderAsync(CancellationToken cancellationToken) => throw null;
    }
    public class NpgsqlConnection
    {
        public NpgsqlConnection() { }
        public void Wait() => throw null;
        public Task WaitAsync(CancellationToken cancellationToken) => throw null;
        public Npgsql.NpgsqlBinaryImporter BeginBinaryImport(string copyFromCommand) => throw null;
        public Task<Npgsql.NpgsqlBinaryImporter> BeginBinaryImportAsync() => throw null;
        public object BeginBinaryExport(string copyToCommand) => throw null;
        public Task<object> BeginBinaryExportAsync() => throw null;
        public object BeginTextImport(string copyFromCommand) => throw null;
        public Task<object> BeginTextImportAsync() => throw null;
        public object BeginTextExport(string copyToCommand) => throw null;
        public Task<object> BeginTextExportAsync() => throw null;
        public void ReloadTypes() => throw null;
        public Task ReloadTypesAsync() => throw null;
    }
    public abstract class NpgsqlDataSource
    {
        public NpgsqlDataSource() { }
        public Npgsql.NpgsqlConnection OpenConnection() => throw null;
        public ValueTask<Npgsql.NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken) => throw null;
    }
}

namespace System.Data.SQLite
{
    public class SQLiteCommand
    {
        public SQLiteCommand() { }
        public System.Data.SQLite.SQLiteDataReader ExecuteReader() => throw null;
        public virtual int ExecuteNonQuery() => throw null;
        public virtual object ExecuteScalar() => throw null;
    }
    public class SQLiteConnection
    {
        public SQLiteConnection() { }
        public virtual void Open() => throw null;
        public void BackupDatabase(System.Data.SQLite.SQLiteConnection destination) => throw null;
    }
    public class SQLiteDataReader
    {
        public SQLiteDataReader() { }
        public virtual bool Read() => throw null;
        public virtual bool NextResult() => throw null;
    }
    public class SQLiteTransactionBase
    {
        public SQLiteTransactionBase() { }
        public virtual void Rollback() => throw null;
    }
    public class SQLiteTransaction : System.Data.SQLite.SQLiteTransactionBase
    {
        public SQLiteTransaction() { }
        public virtual void Commit() => throw null;
    }
}
