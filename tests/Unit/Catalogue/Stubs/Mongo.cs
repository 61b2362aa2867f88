// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

#nullable disable

namespace MongoDB.Driver
{
    public static class IAsyncCursorSourceExtensions
    {
        public static List<object> ToList(this object source) => throw null;
        public static Task<List<object>> ToListAsync(this object source) => throw null;
        public static object First(this object source) => throw null;
        public static Task<object> FirstAsync(this object source) => throw null;
        public static object FirstOrDefault(this object source) => throw null;
        public static Task<object> FirstOrDefaultAsync(this object source) => throw null;
        public static object Single(this object source) => throw null;
        public static Task<object> SingleAsync(this object source) => throw null;
        public static object SingleOrDefault(this object source) => throw null;
        public static Task<object> SingleOrDefaultAsync(this object source) => throw null;
        public static bool Any(this object source) => throw null;
        public static Task<bool> AnyAsync(this object source) => throw null;
    }
    public interface IMongoClient
    {
        MongoDB.Driver.IMongoDatabase GetDatabase(string name, object settings);
    }
    public static class IMongoCollectionExtensions
    {
        public static object Find(this MongoDB.Driver.IMongoCollection<object> collection) => throw null;
    }
    public interface IMongoCollection<TDocument>
    {
        void InsertOne();
        Task InsertOneAsync();
        void InsertMany();
        Task InsertManyAsync();
        object ReplaceOne();
        Task<object> ReplaceOneAsync();
        object UpdateOne();
        Task<object> UpdateOneAsync();
        object UpdateMany();
        Task<object> UpdateManyAsync();
        object DeleteOne(object filter, CancellationToken cancellationToken);
        Task<object> DeleteOneAsync(object filter, CancellationToken cancellationToken);
        object DeleteMany(object filter, CancellationToken cancellationToken);
        Task<object> DeleteManyAsync(object filter, CancellationToken cancellationToken);
        object BulkWrite();
        Task<object> BulkWriteAsync();
        long CountDocuments();
        Task<long> CountDocumentsAsync();
        long EstimatedDocumentCount(object options, CancellationToken cancellationToken);
        Task<long> EstimatedDocumentCountAsync(object options, CancellationToken cancellationToken);
        object FindSync();
        Task<object> FindAsync();
        object FindOneAndUpdate();
        Task<object> FindOneAndUpdateAsync();
        object FindOneAndReplace();
        Task<object> FindOneAndReplaceAsync();
        object FindOneAndDelete();
        Task<object> FindOneAndDeleteAsync();
    }
    public interface IMongoDatabase
    {
        object RunCommand();
        Task<object> RunCommandAsync();
        void CreateCollection();
        Task CreateCollectionAsync();
        void DropCollection(string name, CancellationToken cancellationToken);
        Task DropCollectionAsync(string name, CancellationToken cancellationToken);
        MongoDB.Driver.IMongoCollection<object> GetCollection(string name, object settings);
    }
}
