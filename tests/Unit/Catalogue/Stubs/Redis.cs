// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

using System.Collections.Generic;
using System.Threading.Tasks;

#nullable disable

namespace StackExchange.Redis
{
    public class ConnectionMultiplexer
    {
        public ConnectionMultiplexer() { }
        public static ConnectionMultiplexer Connect(string configuration) => throw null;
        public static Task<ConnectionMultiplexer> ConnectAsync(string configuration) => throw null;
        public void Wait(Task task) => throw null;
        public void WaitAll(Task[] tasks) => throw null;
        public StackExchange.Redis.IDatabase GetDatabase(int db, object asyncState) => throw null;
        public StackExchange.Redis.ISubscriber GetSubscriber(object asyncState) => throw null;
    }
    public interface IDatabase
    {
        object StringGet(object key, object flags);
        bool StringSet();
        long StringIncrement(object key, long value, object flags);
        long StringDecrement(object key, long value, object flags);
        long StringAppend(object key, object value, object flags);
        long StringLength(object key, object flags);
        object HashGet(object key, object hashField, object flags);
        object[] HashGetAll(object key, object flags);
        void HashSet(object key, object[] hashFields, object flags);
        bool HashDelete(object key, object hashField, object flags);
        bool HashExists(object key, object hashField, object flags);
        long HashIncrement(object key, object hashField, long value, object flags);
        object[] HashKeys(object key, object flags);
        object[] HashValues(object key, object flags);
        long ListLeftPush(object key, object[] values, object flags);
        long ListRightPush(object key, object[] values, object flags);
        object ListLeftPop(object key, object flags);
        object ListRightPop(object key, object flags);
        object[] ListRange(object key, long start, long stop, object flags);
        long ListLength(object key, object flags);
        bool SetAdd(object key, object value, object flags);
        bool SetRemove(object key, object value, object flags);
        bool SetContains(object key, object value, object flags);
        object[] SetMembers(object key, object flags);
        long SortedSetAdd(object key, object[] values, object flags);
        bool SortedSetRemove(object key, object member, object flags);
        object[] SortedSetRangeByRank(object key, long start, long stop, object order, object flags);
        object[] SortedSetRangeByScore();
        bool KeyDelete(object key, object flags);
        bool KeyExists(object key, object flags);
        bool KeyExpire(object key, System.Nullable<System.TimeSpan> expiry, object flags);
        System.Nullable<System.TimeSpan> KeyTimeToLive(object key, object flags);
        bool LockTake(object key, object value, System.TimeSpan expiry, object flags);
        bool LockRelease(object key, object value, object flags);
        long Publish(object channel, object message, object flags);
        object ScriptEvaluate(object script, object parameters, object flags);
        object Execute(string command, object[] args);
        object StreamAdd(object key, object[] streamPairs, object options, object flags);
        object[] StreamRead();
        object CreateBatch(object asyncState);
        object CreateTransaction(object asyncState);
    }
    public interface IDatabaseAsync
    {
        Task<object> StringGetAsync(object key, object flags);
        Task<bool> StringSetAsync();
        Task<long> StringIncrementAsync(object key, long value, object flags);
        Task<long> StringDecrementAsync(object key, long value, object flags);
        Task<long> StringAppendAsync(object key, object value, object flags);
        Task<long> StringLengthAsync(object key, object flags);
        Task<object> HashGetAsync(object key, object hashField, object flags);
        Task<object[]> HashGetAllAsync(object key, object flags);
        Task HashSetAsync(object key, object[] hashFields, object flags);
        Task<bool> HashDeleteAsync(object key, object hashField, object flags);
        Task<bool> HashExistsAsync(object key, object hashField, object flags);
        Task<long> HashIncrementAsync(object key, object hashField, long value, object flags);
        Task<object[]> HashKeysAsync(object key, object flags);
        Task<object[]> HashValuesAsync(object key, object flags);
        Task<long> ListLeftPushAsync(object key, object[] values, object flags);
        Task<long> ListRightPushAsync(object key, object[] values, object flags);
        Task<object> ListLeftPopAsync(object key, object flags);
        Task<object> ListRightPopAsync(object key, object flags);
        Task<object[]> ListRangeAsync(object key, long start, long stop, object flags);
        Task<long> ListLengthAsync(object key, object flags);
        Task<bool> SetAddAsync(object key, object value, object flags);
        Task<bool> SetRemoveAsync(object key, object value, object flags);
        Task<bool> SetContainsAsync(object key, object value, object flags);
        Task<object[]> SetMembersAsync(object key, object flags);
        Task<long> SortedSetAddAsync(object key, object[] values, object flags);
        Task<bool> SortedSetRemoveAsync(object key, object member, object flags);
        Task<object[]> SortedSetRangeByRankAsync(object key, long start, long stop, object order, object flags);
        Task<object[]> SortedSetRangeByScoreAsync();
        Task<bool> KeyDeleteAsync(object key, object flags);
        Task<bool> KeyExistsAsync(object key, object flags);
        Task<bool> KeyExpireAsync(object key, System.Nullable<System.TimeSpan> expiry, object flags);
        Task<System.Nullable<System.TimeSpan>> KeyTimeToLiveAsync(object key, object flags);
        Task<bool> LockTakeAsync(object key, object value, System.TimeSpan expiry, object flags);
        Task<bool> LockReleaseAsync(object key, object value, object flags);
        Task<long> PublishAsync(object channel, object message, object flags);
        Task<object> ScriptEvaluateAsync(object script, object parameters, object flags);
        Task<object> ExecuteAsync(string command, object[] args);
        Task<object> StreamAddAsync(object key, object[] streamPairs, object options, object flags);
        Task<object[]> StreamReadAsync();
    }
    public interface IServer
    {
        IEnumerable<object> Keys(int database, object pattern, int pageSize, object flags);
        IAsyncEnumerable<object> KeysAsync();
        void FlushDatabase(int database, object flags);
        Task FlushDatabaseAsync(int database, object flags);
    }
    public interface ISubscriber
    {
        long Publish(object channel, object message, object flags);
        Task<long> PublishAsync(object channel, object message, object flags);
        object Subscribe(object channel, object flags);
        Task<object> SubscribeAsync(object channel, object flags);
    }
}
