// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

using System.Threading.Tasks;

namespace System.Data.SqlClient
{
    public sealed class SqlConnection
    {
        public void Open() => throw null;
        public Task OpenAsync() => throw null;
        public object BeginTransaction() => throw null;
    }

    public sealed class SqlCommand
    {
        public SqlDataReader ExecuteReader() => throw null;
        public Task<SqlDataReader> ExecuteReaderAsync() => throw null;
        public int ExecuteNonQuery() => throw null;
        public Task<int> ExecuteNonQueryAsync() => throw null;
        public object ExecuteScalar() => throw null;
        public Task<object> ExecuteScalarAsync() => throw null;
        public object ExecuteXmlReader() => throw null;
        public Task<object> ExecuteXmlReaderAsync() => throw null;
    }

    public class SqlDataReader
    {
        public bool Read() => throw null;
        public Task<bool> ReadAsync() => throw null;
    }

    public sealed class SqlBulkCopy
    {
        public void WriteToServer(System.Data.DataTable table) => throw null;
        public Task WriteToServerAsync(System.Data.DataTable table) => throw null;
    }
}

namespace System.Data.Entity
{
    public class DbContext
    {
        public int SaveChanges() => throw null;
        public Task<int> SaveChangesAsync() => throw null;
    }

    public class DbSet<TEntity>
    {
        public TEntity Find(params object[] keyValues) => throw null;
        public Task<TEntity> FindAsync(params object[] keyValues) => throw null;
    }

    public class Database
    {
        public int ExecuteSqlCommand(string sql, params object[] parameters) => throw null;
        public Task<int> ExecuteSqlCommandAsync(string sql, params object[] parameters) => throw null;
    }

    public static class QueryableExtensions
    {
        public static void Load(this System.Linq.IQueryable source) => throw null;
        public static Task LoadAsync(this System.Linq.IQueryable source) => throw null;
    }
}

namespace Microsoft.EntityFrameworkCore
{
    // EF Core 7 to 9; version 10 has them in EntityFrameworkQueryableExtensions.
    public static class RelationalQueryableExtensions
    {
        public static int ExecuteDelete<T>(this System.Linq.IQueryable<T> source) => throw null;
        public static Task<int> ExecuteDeleteAsync<T>(this System.Linq.IQueryable<T> source) => throw null;
        public static int ExecuteUpdate<T>(this System.Linq.IQueryable<T> source, object setters) => throw null;
        public static Task<int> ExecuteUpdateAsync<T>(this System.Linq.IQueryable<T> source, object setters) => throw null;
    }
}

namespace NHibernate
{
    public interface ISession
    {
        object Get(System.Type type, object id);
        Task<object> GetAsync(System.Type type, object id);
        object Save(object entity);
        Task<object> SaveAsync(object entity);
        void Flush();
        Task FlushAsync();
        void Refresh(object entity);
        Task RefreshAsync(object entity);
    }

    public interface ITransaction
    {
        void Commit();
        Task CommitAsync();
        void Rollback();
        Task RollbackAsync();
    }

    public interface IQuery
    {
        System.Collections.IList List();
        Task<System.Collections.IList> ListAsync();
        object UniqueResult();
        Task<object> UniqueResultAsync();
        int ExecuteUpdate();
        Task<int> ExecuteUpdateAsync();
    }
}

namespace System.DirectoryServices.AccountManagement
{
    public class PrincipalContext
    {
        public bool ValidateCredentials(string userName, string password) => throw null;
    }
}

namespace System.Management.Automation
{
    public sealed class PowerShell
    {
        public object Invoke() => throw null;
        public Task<object> InvokeAsync() => throw null;
    }
}

namespace System.Messaging
{
    public class MessageQueue
    {
        public object Receive(System.TimeSpan timeout) => throw null;
        public object Peek(System.TimeSpan timeout) => throw null;
    }
}

namespace System.Speech.Synthesis
{
    public sealed class SpeechSynthesizer
    {
        public void Speak(string textToSpeak) => throw null;
    }
}
