// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

#nullable disable

namespace Azure.Core
{
    public abstract class TokenCredential
    {
        public TokenCredential() { }
        public virtual object GetToken() => throw null;
        public virtual ValueTask<object> GetTokenAsync() => throw null;
    }
}

namespace Azure.Security.KeyVault.Secrets
{
    public class SecretClient
    {
        public SecretClient() { }
        public virtual object GetSecret() => throw null;
        public virtual Task<object> GetSecretAsync() => throw null;
    }
}

namespace Azure.Storage.Blobs
{
    public class BlobClient : Azure.Storage.Blobs.Specialized.BlobBaseClient
    {
        public BlobClient() { }
        public virtual object Upload(System.IO.Stream content) => throw null;
        public virtual Task<object> UploadAsync(System.IO.Stream content) => throw null;
    }
    public class BlobContainerClient
    {
        public BlobContainerClient() { }
        public virtual object CreateIfNotExists() => throw null;
        public virtual Task<object> CreateIfNotExistsAsync() => throw null;
        public virtual Azure.Storage.Blobs.BlobClient GetBlobClient(string blobName) => throw null;
    }
}

namespace Azure.Storage.Blobs.Specialized
{
    public class BlobBaseClient
    {
        public BlobBaseClient() { }
        public virtual object DownloadTo(System.IO.Stream destination) => throw null;
        public virtual Task<object> DownloadToAsync(System.IO.Stream destination) => throw null;
        public virtual object DownloadContent() => throw null;
        public virtual Task<object> DownloadContentAsync() => throw null;
        public virtual object Exists(CancellationToken cancellationToken) => throw null;
        public virtual Task<object> ExistsAsync(CancellationToken cancellationToken) => throw null;
        public virtual object DeleteIfExists() => throw null;
        public virtual Task<object> DeleteIfExistsAsync() => throw null;
    }
}

namespace Confluent.Kafka
{
    public interface IConsumer<TKey, TValue>
    {
        object Consume(int millisecondsTimeout);
        List<object> Commit();
    }
    public interface IProducer<TKey, TValue>
    {
        int Flush(System.TimeSpan timeout);
        void Produce(string topic, object message, System.Action<object> deliveryHandler);
    }
}

namespace Grpc.Core
{
    public class BindServiceMethodAttribute : System.Attribute
    {
    }
    public abstract class CallInvoker
    {
        public CallInvoker() { }
        public virtual object BlockingUnaryCall(object method, string host, object options, object request) => throw null;
        public virtual Task AsyncUnaryCall(object method, string host, object options, object request) => throw null;
    }
}

namespace LibGit2Sharp
{
    public static class Commands
    {
        public static void Fetch() => throw null;
        public static object Pull(LibGit2Sharp.Repository repository, object merger, object options) => throw null;
        public static object Checkout(object repository, string committishOrBranchSpec) => throw null;
    }
    public class Repository
    {
        public Repository() { }
        public static string Clone(string sourceUrl, string workdirPath) => throw null;
    }
}

namespace MailKit
{
    public abstract class MailService
    {
        public MailService() { }
        public void Connect(System.Uri uri, CancellationToken cancellationToken) => throw null;
        public Task ConnectAsync(System.Uri uri, CancellationToken cancellationToken) => throw null;
        public void Authenticate() => throw null;
        public Task AuthenticateAsync() => throw null;
    }
}

namespace MailKit.Net.Smtp
{
    public class SmtpClient : MailKit.MailService
    {
        public SmtpClient() { }
        public virtual string Send() => throw null;
        public virtual Task<string> SendAsync() => throw null;
    }
}

namespace MessagePack
{
    public static class MessagePackSerializer
    {
        public static void Serialize(ref object writer, object value, object options) => throw null;
        public static object Deserialize(ref object reader, object options) => throw null;
    }
}

namespace Renci.SshNet
{
    public abstract class BaseClient
    {
        public BaseClient() { }
        public void Connect() => throw null;
        public Task ConnectAsync(CancellationToken cancellationToken) => throw null;
    }
    public class ScpClient : Renci.SshNet.BaseClient
    {
        public ScpClient() { }
        public void Upload(System.IO.Stream source, string path) => throw null;
        public void Download(string filename, System.IO.FileInfo fileInfo) => throw null;
    }
    public class SftpClient : Renci.SshNet.BaseClient
    {
        public SftpClient() { }
        public void UploadFile(System.Action<ulong> uploadCallback) => throw null;
        public void DownloadFile(System.Action<ulong> downloadCallback) => throw null;
        public IEnumerable<object> ListDirectory(string path, System.Action<int> listCallback) => throw null;
        public IAsyncEnumerable<object> ListDirectoryAsync(string path, CancellationToken cancellationToken) => throw null;
    }
    public class SshClient : Renci.SshNet.BaseClient
    {
        public SshClient() { }
        public Renci.SshNet.SshCommand RunCommand(string commandText) => throw null;
    }
    public class SshCommand
    {
        public SshCommand() { }
        public string Execute() => throw null;
        public Task ExecuteAsync(CancellationToken cancellationToken) => throw null;
    }
}

namespace RestSharp
{
    public static class RestClientExtensions
    {
        public static object Execute(this object client, object request) => throw null;
        public static Task<object> ExecuteAsync(this object client) => throw null;
    }
}
