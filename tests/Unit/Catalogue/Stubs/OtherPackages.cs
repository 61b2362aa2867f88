// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

using System.Threading.Tasks;

namespace Gtk
{
    public class Widget { }
}

namespace ReactiveUI
{
    public static class ReactiveCommand
    {
        public static object Create(System.Action execute) => throw null;
        public static object CreateFromTask(System.Func<Task> execute) => throw null;
        public static object CreateRunInBackground(System.Action execute) => throw null;
    }
}

namespace ReactiveUI.SourceGenerators
{
    public sealed class ReactiveCommandAttribute : System.Attribute { }
}

namespace Prism.Commands
{
    public class DelegateCommand
    {
        public DelegateCommand(System.Action executeMethod) { }
    }

    public class DelegateCommand<T>
    {
        public DelegateCommand(System.Action<T> executeMethod) { }
    }
}

namespace Proto
{
    public interface IActor
    {
        Task ReceiveAsync(object context);
    }
}

namespace Dapr.Actors.Runtime
{
    public abstract class Actor { }
}

namespace TUnit.Core
{
    public sealed class TestAttribute : System.Attribute { }
}

namespace Scrypt
{
    public class ScryptEncoder
    {
        public string Encode(string password) => throw null;
        public bool Compare(string password, string hashedPassword) => throw null;
    }
}

namespace CryptSharp
{
    public abstract class Crypter
    {
        public string Crypt(string password) => throw null;
        public static bool CheckPassword(string password, string cryptedPassword) => throw null;
    }
}

namespace CryptSharp.Utility
{
    public static class SCrypt
    {
        public static void ComputeDerivedKey(byte[] key, byte[] salt, int cost, byte[] output) => throw null;
    }
}

namespace SevenZip
{
    public sealed class SevenZipCompressor
    {
        public void CompressDirectory(string directory, string archiveName) => throw null;
    }

    public sealed class SevenZipExtractor
    {
        public void ExtractArchive(string directory) => throw null;
    }
}

namespace SixLabors.ImageSharp
{
    public abstract class Image
    {
        public static Image Load(System.IO.Stream stream) => throw null;
        public void Save(System.IO.Stream stream, object encoder) => throw null;
    }

    public static class ImageExtensions
    {
        public static void Save(this Image source, string path) => throw null;
        public static void SaveAsPng(this Image source, string path) => throw null;
        public static void SaveAsJpeg(this Image source, string path) => throw null;
        public static void SaveAsWebp(this Image source, string path) => throw null;
        public static void SaveAsGif(this Image source, string path) => throw null;
        public static void SaveAsBmp(this Image source, string path) => throw null;
        public static void SaveAsTiff(this Image source, string path) => throw null;
        public static string ToBase64String(this Image source, object format) => throw null;
    }
}

namespace SixLabors.ImageSharp.Processing
{
    public static class ProcessingExtensions
    {
        public static void Mutate(this Image source, System.Action<object> operation) => throw null;
        public static Image Clone(this Image source, System.Action<object> operation) => throw null;
    }
}

namespace MemoryPack
{
    public static class MemoryPackSerializer
    {
        public static byte[] Serialize<T>(in T value) => throw null;
        public static T Deserialize<T>(System.ReadOnlySpan<byte> buffer) => throw null;
    }
}

namespace Orleans
{
    public interface IRemindable { }
}

namespace RabbitMQ.Client
{
    // Version 6; version 7 has CreateConnectionAsync alone.
    public sealed class ConnectionFactory
    {
        public object CreateConnection() => throw null;
    }
}

namespace Microsoft.IdentityModel.JsonWebTokens
{
    public class JsonWebTokenHandler
    {
        public JsonWebTokenHandler() { }
        public virtual object ValidateToken(string token, object validationParameters) => throw null;
    }
}
