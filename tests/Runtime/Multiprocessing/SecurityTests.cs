using System.Diagnostics;
using System.Reflection;
using System.Text;
using Quintet.Multiprocessing;
using Quintet.Multiprocessing.Functions;
using Quintet.Multiprocessing.Wire;
using Quintet.Multiprocessing.Workers;

namespace Quintet.Tests.Runtime.Multiprocessing;

/// <summary>Who may connect, what may be run, and how much is believed of what is said. Each refusal stands beside its near miss.</summary>
public sealed class SecurityTests
{
    private static readonly Module Here = typeof(SecurityTests).Module;

    [Fact]
    public void Only_the_process_that_was_started_may_connect()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var worker = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        try
        {
            using var listener = new WorkerListener();
            using var stranger = Connect(listener);
            Assert.Throws<WorkerStartException>(() => listener.Accept(worker, TimeSpan.FromMilliseconds(120), default));
            Assert.Equal(0, stranger.Receive(new byte[1]));
            Assert.Throws<WorkerStartException>(() => listener.Accept(worker, TimeSpan.Zero, default));

            using var ourselves = Process.GetCurrentProcess();
            using var expected = Connect(listener);
            // One that is there is found although the time is over: this process may have been set aside meanwhile.
            using var accepted = listener.Accept(ourselves, TimeSpan.Zero, default);
            accepted.Send([7]);
            Assert.Equal(1, expected.Receive(new byte[1]));
        }
        finally
        {
            worker.Kill();
        }
    }

    // What systems without abstract names do; Linux can do it too.
    [Fact]
    public void A_socket_with_a_path_lies_in_a_directory_for_this_user_alone_and_both_go_with_the_listener()
    {
        if (!OperatingSystem.IsLinux()) return;
        string directory;
        using (var listener = new WorkerListener(inDirectory: true))
        {
            directory = Path.GetDirectoryName(listener.SocketPath)!;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
            Assert.Equal([listener.SocketPath], Directory.GetFileSystemEntries(directory));
            using var ourselves = Process.GetCurrentProcess();
            using var expected = Connect(listener);
            using var accepted = listener.Accept(ourselves, TimeSpan.FromSeconds(60), default);
        }

        Assert.False(Directory.Exists(directory));

        // Its near miss: the abstract name that Linux has leaves nothing to begin with.
        using var nameless = new WorkerListener();
        Assert.Equal('@', nameless.SocketPath[0]);
        Assert.False(File.Exists(nameless.SocketPath));
    }

    [Fact(Timeout = Patience.OfATest)]
    public async Task The_token_is_in_neither_arguments_nor_environment()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        var visible = await pool.RunAsync(static () =>
            File.Exists("/proc/self/environ") ? File.ReadAllText("/proc/self/environ") + File.ReadAllText("/proc/self/cmdline") : "");
        Assert.DoesNotMatch("[0-9A-F]{64}", visible);
    }

    [Theory]
    [InlineData((byte)FrameKind.Hello, "0123456789ABCDEF", true)]
    [InlineData((byte)FrameKind.Hello, "0123456789ABCDEE", false)]
    [InlineData((byte)FrameKind.Hello, "0123456789ABCDE", false)]
    [InlineData((byte)FrameKind.Hello, "", false)]
    [InlineData((byte)FrameKind.Ready, "0123456789ABCDEF", false)]
    public void Who_does_not_begin_with_the_token_is_turned_away(byte kind, string token, bool accepted)
    {
        using var listener = new WorkerListener();
        using var worker = Connect(listener);
        using var ourselves = Process.GetCurrentProcess();
        using var socket = listener.Accept(ourselves, TimeSpan.FromSeconds(60), default);
        var frame = new byte[FrameHeader.Size + token.Length];
        new FrameHeader { Kind = (FrameKind)kind, BodyLength = token.Length }.Write(frame);
        Encoding.ASCII.GetBytes(token, frame.AsSpan(FrameHeader.Size));
        worker.Send(frame);
        var refused = Record.Exception(() => WorkerConnection.Greeted(socket, "0123456789ABCDEF", TimeSpan.FromSeconds(60)));
        Assert.Equal(accepted, refused is null);
        if (!accepted) Assert.IsType<WorkerStartException>(refused);
    }

    [Fact]
    public void A_function_that_is_not_in_the_table_is_refused()
    {
        Assert.Throws<ProcessProtocolException>(() => Reference(id: 0x1234).Resolve());
        var known = FunctionReference.To((Func<int, int>)WorkerFunctions.Square);
        Assert.NotEqual(0UL, known.TableId);
        Assert.NotNull(Reference(known.TableId).Resolve());
    }

    [Fact]
    public void A_token_of_anything_but_a_function_without_state_is_refused()
    {
        var method = typeof(SecurityTests).GetMethod(nameof(A_function_that_is_not_in_the_table_is_refused))!;
        Assert.Throws<ProcessProtocolException>(() => Reference(token: method.MetadataToken).Resolve());
        var ours = typeof(WorkerFunctions).GetMethod(nameof(WorkerFunctions.Square), BindingFlags.Static | BindingFlags.NonPublic)!;
        Assert.NotNull(Reference(token: ours.MetadataToken).Resolve());
    }

    [Fact]
    public void Another_build_of_the_program_is_refused()
    {
        var ours = typeof(WorkerFunctions).GetMethod(nameof(WorkerFunctions.Square), BindingFlags.Static | BindingFlags.NonPublic)!;
        var other = Reference(token: ours.MetadataToken) with { ModuleVersion = Guid.NewGuid() };
        Assert.Throws<ProcessProtocolException>(other.Resolve);
    }

    [Theory]
    [InlineData(FrameHeader.MaxInlineBody, (byte)FrameKind.Task, true)]
    [InlineData(FrameHeader.MaxInlineBody + 1, (byte)FrameKind.Task, false)]
    [InlineData(-1, (byte)FrameKind.Task, false)]
    [InlineData(8, (byte)FrameKind.Shutdown, true)]
    [InlineData(8, (byte)FrameKind.Shutdown + 1, false)]
    [InlineData(8, 0, false)]
    public void A_frame_beyond_the_limits_is_refused_before_anything_is_allocated(int length, byte kind, bool accepted)
    {
        var bytes = new byte[FrameHeader.Size];
        new FrameHeader { BodyLength = length, Kind = (FrameKind)kind }.Write(bytes);
        Assert.Equal(accepted, Record.Exception(() => { FrameHeader.Read(bytes); }) is null);
    }

    private static FunctionReference Reference(ulong id = 0, int token = 0) =>
        new(Here.Assembly.GetName().Name!, Here.ModuleVersionId, id, token);

    private static LocalSocket Connect(WorkerListener listener)
    {
        var socket = LocalSocket.Create();
        socket.Connect(listener.SocketPath);
        return socket;
    }
}
