// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

namespace CsvHelper
{
    public class CsvReader
    {
        public CsvReader() { }
    }
    public class CsvWriter
    {
        public CsvWriter() { }
    }
}

namespace Google.Protobuf
{
    public static class MessageExtensions
    {
        public static byte[] ToByteArray(this object message) => throw null;
    }
}

namespace ICSharpCode.SharpZipLib.GZip
{
    public class GZipInputStream
    {
        public GZipInputStream() { }
    }
    public class GZipOutputStream
    {
        public GZipOutputStream() { }
    }
}

namespace ICSharpCode.SharpZipLib.Zip
{
    public class FastZip
    {
        public FastZip() { }
        public void CreateZip() => throw null;
        public void ExtractZip(string zipFileName, string targetDirectory, string fileFilter) => throw null;
    }
    public class ZipInputStream
    {
        public ZipInputStream() { }
    }
    public class ZipOutputStream
    {
        public ZipOutputStream() { }
    }
}

namespace K4os.Compression.LZ4
{
    public static class LZ4Codec
    {
        public static int Encode() => throw null;
    }
}

namespace Microsoft.IO
{
    public class RecyclableMemoryStream
    {
        public RecyclableMemoryStream() { }
    }
}

namespace Newtonsoft.Json
{
    public static class JsonConvert
    {
        public static string SerializeObject(object value) => throw null;
        public static object DeserializeObject(string value) => throw null;
        public static void PopulateObject(string value, object target) => throw null;
    }
    public class JsonSerializer
    {
        public JsonSerializer() { }
        public void Serialize(System.IO.TextWriter textWriter, object value) => throw null;
        public object Deserialize(object reader) => throw null;
    }
    public class JsonTextReader
    {
        public JsonTextReader() { }
    }
    public class JsonTextWriter : Newtonsoft.Json.JsonWriter
    {
        public JsonTextWriter() { }
        public virtual void WriteValue(object value) => throw null;
    }
    public abstract class JsonWriter
    {
        public JsonWriter() { }
        public virtual void WriteValue(string value) => throw null;
        public virtual void WritePropertyName(string name) => throw null;
    }
}

namespace Newtonsoft.Json.Linq
{
    public class JArray : Newtonsoft.Json.Linq.JToken
    {
        public JArray() { }
        public static Newtonsoft.Json.Linq.JArray Parse(string json) => throw null;
    }
    public class JObject : Newtonsoft.Json.Linq.JToken
    {
        public JObject() { }
        public static Newtonsoft.Json.Linq.JObject Parse(string json) => throw null;
    }
    public abstract class JToken
    {
        public JToken() { }
        public static Newtonsoft.Json.Linq.JToken Parse(string json) => throw null;
        public static Newtonsoft.Json.Linq.JToken FromObject(object o) => throw null;
    }
}

namespace ProtoBuf
{
    public static class Serializer
    {
        public static void Serialize(System.IO.Stream destination, object instance) => throw null;
        public static object Deserialize(System.IO.Stream source) => throw null;
    }
}

namespace SharpCompress.Archives
{
    public static class IArchiveExtensions
    {
        public static void WriteToDirectory(this object archive) => throw null;
    }
}

namespace ZstdSharp
{
    public class Compressor
    {
        public Compressor() { }
        public System.Span<byte> Wrap(System.ReadOnlySpan<byte> src) => throw null;
    }
}
