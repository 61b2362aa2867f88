// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using System.Collections.Generic;
using System.Threading.Tasks;

#nullable disable

namespace Microsoft.EntityFrameworkCore
{
    public static class RelationalDatabaseFacadeExtensions
    {
        public static void Migrate(this DatabaseFacade databaseFacade) => throw null;
        public static Task MigrateAsync(this DatabaseFacade databaseFacade) => throw null;
        public static int ExecuteSql(this DatabaseFacade databaseFacade) => throw null;
        public static Task<int> ExecuteSqlAsync(this DatabaseFacade databaseFacade) => throw null;
        public static int ExecuteSqlRaw(this DatabaseFacade databaseFacade) => throw null;
        public static Task<int> ExecuteSqlRawAsync(this DatabaseFacade databaseFacade) => throw null;
        public static int ExecuteSqlInterpolated(this DatabaseFacade databaseFacade) => throw null;
        public static Task<int> ExecuteSqlInterpolatedAsync(this DatabaseFacade databaseFacade) => throw null;
        public static void OpenConnection(this DatabaseFacade databaseFacade) => throw null;
        public static Task OpenConnectionAsync(this DatabaseFacade databaseFacade) => throw null;
        public static void CloseConnection(this DatabaseFacade databaseFacade) => throw null;
        public static Task CloseConnectionAsync(this DatabaseFacade databaseFacade) => throw null;
        public static IDbContextTransaction BeginTransaction(this DatabaseFacade databaseFacade) => throw null;
        public static Task<IDbContextTransaction> BeginTransactionAsync(this DatabaseFacade databaseFacade) => throw null;
        public static IDbContextTransaction UseTransaction(this DatabaseFacade databaseFacade) => throw null;
        public static Task<IDbContextTransaction> UseTransactionAsync(this DatabaseFacade databaseFacade) => throw null;
        public static IEnumerable<string> GetAppliedMigrations(this DatabaseFacade databaseFacade) => throw null;
        public static Task<IEnumerable<string>> GetAppliedMigrationsAsync(this DatabaseFacade databaseFacade) => throw null;
        public static IEnumerable<string> GetPendingMigrations(this DatabaseFacade databaseFacade) => throw null;
        public static Task<IEnumerable<string>> GetPendingMigrationsAsync(this DatabaseFacade databaseFacade) => throw null;
    }
}
