// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

namespace System.DirectoryServices
{
    public class DirectoryEntry
    {
        public DirectoryEntry() { }
        public void CommitChanges() => throw null;
    }
    public class DirectorySearcher
    {
        public DirectorySearcher() { }
        public object FindAll() => throw null;
        public object FindOne() => throw null;
    }
}

namespace System.DirectoryServices.Protocols
{
    public class LdapConnection
    {
        public LdapConnection() { }
        public virtual object SendRequest(object request) => throw null;
        public void Bind() => throw null;
    }
}

namespace System.IO.Hashing
{
    public class Crc32
    {
        public Crc32() { }
        public static byte[] Hash(byte[] source) => throw null;
    }
}

namespace System.IO.Ports
{
    public class SerialErrorReceivedEventArgs : System.EventArgs { }
    public class SerialDataReceivedEventArgs
    {
        public SerialDataReceivedEventArgs() { }
    }
    public class SerialPort
    {
        public SerialPort() { }
        public int Read(byte[] buffer, int offset, int count) => throw null;
        public int ReadByte() => throw null;
        public int ReadChar() => throw null;
        public string ReadLine() => throw null;
        public string ReadTo(string value) => throw null;
        public void Write(string text) => throw null;
        public void WriteLine(string text) => throw null;
        public void Open() => throw null;
    }
}

namespace System.Management
{
    public class EventArrivedEventArgs : System.EventArgs { }
    public class ObjectReadyEventArgs : System.EventArgs { }
    public class ManagementObject
    {
        public ManagementObject() { }
        public object InvokeMethod(string methodName, object[] args) => throw null;
        public void Get() => throw null;
    }
    public class ManagementObjectSearcher
    {
        public ManagementObjectSearcher() { }
        public object Get() => throw null;
    }
}

namespace System.ServiceProcess
{
    public class ServiceController
    {
        public ServiceController() { }
        public void WaitForStatus(object desiredStatus) => throw null;
        public void Start() => throw null;
        public void Stop() => throw null;
    }
}

namespace System.Diagnostics
{
    public class EntryWrittenEventArgs : System.EventArgs { }
}
