namespace Quintet.Loops;

/// <summary>What a descriptor is watched for, or ready for. The values are epoll's.</summary>
[Flags]
internal enum PollEvents : uint
{
    None = 0,
    Readable = 0x1,
    Writable = 0x4,
    Error = 0x8,
    HangUp = 0x10,
}
