[assembly: Quintet.Tests.TestLimit]
