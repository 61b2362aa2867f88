using System.Diagnostics;
using System.Net.Sockets;
using System.Reflection;
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

            using var ourselves = Process.GetCurrentProcess();
            using var expected = Connect(listener);
            using var accepted = listener.Accept(ourselves, TimeSpan.FromSeconds(60), default);
            Assert.True(accepted.Connected);
        }
        finally
        {
            worker.Kill();
        }
    }

    [Fact]
    public async Task The_token_is_in_neither_arguments_nor_environment()
    {
        await using var pool = new ProcessPool(new ProcessPoolOptions { WorkerCount = 1 });
        var visible = await pool.RunAsync(static () =>
            File.Exists("/proc/self/environ") ? File.ReadAllText("/proc/self/environ") + File.ReadAllText("/proc/self/cmdline") : "");
        Assert.DoesNotMatch("[0-9A-F]{64}", visible);
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

    private static Socket Connect(WorkerListener listener)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(WorkerListener.EndPoint(listener.SocketPath));
        return socket;
    }
}
